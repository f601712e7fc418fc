//! From an operation to its behaviour, expanded from the table.

use crate::store::{Behave, Ctx, Region};
use crate::wire;
use contract::{ApiError, Operation, parse};

fn call<C: Behave>(input: &[u8], region: &mut Region, ctx: &mut Ctx<'_>) -> Result<Vec<u8>, ApiError> {
    let request: C = parse::parse(input).map_err(|errors| wire::invalid(C::OPERATION, errors))?;
    request.check().map_err(|errors| wire::invalid(C::OPERATION, errors))?;
    let reply = request.behave(region, ctx)?;
    serde_json::to_vec(&reply).map_err(|error| ApiError::new(contract::Code::InternalServerException, error.to_string()))
}

macro_rules! dispatch {
    ($($noun:ident $op:ident;)*) => {
        /// Reads, checks and carries out a request, given as JSON with the members that IVS's wire puts into path and query.
        pub(crate) fn carry_out(operation: Operation, input: &[u8], region: &mut Region, ctx: &mut Ctx<'_>) -> Result<Vec<u8>, ApiError> {
            match operation { $(Operation::$op => call::<contract::$noun::$op>(input, region, ctx),)* }
        }
    };
}
contract::for_each_operation!(dispatch);
