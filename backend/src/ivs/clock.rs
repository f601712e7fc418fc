//! How far AWS's clock is from the console's: signatures of a clock that is wrong by minutes are refused.

use aws_sdk_ivs::config::interceptors::BeforeDeserializationInterceptorContextRef;
use aws_sdk_ivs::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ivs::error::BoxError;
use aws_sdk_ivs::primitives::{DateTime, DateTimeFormat};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};

/// What the `Date` of the latest answer said.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock(Arc<Mutex<Option<(Instant, f64)>>>);

impl Clock {
    /// When that was, and by how many seconds AWS's clock was ahead.
    pub(super) fn skew(&self) -> Option<(Instant, f64)> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Intercept for Clock {
    fn name(&self) -> &'static str {
        "Clock"
    }

    fn read_after_transmit(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let date = context.response().headers().get("date");
        // Whole seconds are all that it says.
        if let Some(there) = date.and_then(|date| DateTime::from_str(date, DateTimeFormat::HttpDate).ok()) {
            let here = DateTime::from(SystemTime::now());
            let skew = there.as_secs_f64() - here.as_secs_f64().floor();
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), skew));
        }
        Ok(())
    }
}
