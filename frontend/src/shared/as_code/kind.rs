//! What Terraform and CloudFormation know of the kinds that can be made: the names of their resources, and which members of IVS's
//! request they have. What is not named here is said to be left out, so that what IVS has next is not forgotten in silence.
//!
//! As of the provider hashicorp/aws 6 (its source: `internal/service/ivs`) and of CloudFormation's own schemas, November 2026.

use crate::routes::Noun;
use crate::shared::resource::{many_of, one_of};
use contract::Operation;

/// Where the public key of a pair is, which IVS does not give back: the AWS CLI reads it from there.
pub(super) const PEM: &str = "file://public.pem";

/// A resource of another tool.
pub(super) struct Resource {
    /// As the tool calls it.
    pub(super) name: &'static str,
    /// The members that it has, by their paths in IVS's request, with blanks between.
    pub(super) members: &'static str,
}

/// A kind that can be made.
pub(super) struct Kind {
    /// What makes one.
    pub(super) makes: Operation,
    /// Which one; `None` for channels.
    noun: Option<Noun>,
    /// Of the Terraform provider hashicorp/aws.
    pub(super) terraform: Option<Resource>,
    /// Of CloudFormation.
    pub(super) cloudformation: Option<Resource>,
}

impl Kind {
    /// Several of them, in the middle of a sentence.
    pub(super) fn many(&self) -> &'static str {
        self.noun.map_or("channels", many_of)
    }

    /// What one is labelled with that has no name.
    pub(super) fn one(&self) -> &'static str {
        self.noun.map_or("channel", one_of)
    }
}

const TAGGED: &str = "publicKeyMaterial name tags";

static KINDS: [Kind; 6] = [
    Kind {
        makes: Operation::CreateChannel,
        noun: None,
        terraform: Some(Resource { name: "aws_ivs_channel", members: "name latencyMode type authorized recordingConfigurationArn tags" }),
        cloudformation: Some(Resource {
            name: "AWS::IVS::Channel",
            members: "name latencyMode type authorized recordingConfigurationArn tags insecureIngest preset \
                      multitrackInputConfiguration.enabled multitrackInputConfiguration.policy \
                      multitrackInputConfiguration.maximumResolution containerFormat",
        }),
    },
    Kind {
        makes: Operation::CreateRecordingConfiguration,
        noun: Some(Noun::Recording),
        terraform: Some(Resource {
            name: "aws_ivs_recording_configuration",
            members: "name destinationConfiguration.s3.bucketName tags thumbnailConfiguration.recordingMode \
                      thumbnailConfiguration.targetIntervalSeconds recordingReconnectWindowSeconds",
        }),
        cloudformation: Some(Resource {
            name: "AWS::IVS::RecordingConfiguration",
            members: "name destinationConfiguration.s3.bucketName tags thumbnailConfiguration.recordingMode \
                      thumbnailConfiguration.targetIntervalSeconds thumbnailConfiguration.resolution \
                      thumbnailConfiguration.storage recordingReconnectWindowSeconds \
                      renditionConfiguration.renditionSelection renditionConfiguration.renditions",
        }),
    },
    Kind {
        makes: Operation::ImportPlaybackKeyPair,
        noun: Some(Noun::PlaybackKey),
        terraform: Some(Resource { name: "aws_ivs_playback_key_pair", members: TAGGED }),
        cloudformation: Some(Resource { name: "AWS::IVS::PlaybackKeyPair", members: TAGGED }),
    },
    Kind {
        makes: Operation::CreatePlaybackRestrictionPolicy,
        noun: Some(Noun::Policy),
        terraform: None,
        cloudformation: Some(Resource {
            name: "AWS::IVS::PlaybackRestrictionPolicy",
            members: "allowedCountries allowedOrigins enableStrictOriginEnforcement name tags",
        }),
    },
    Kind {
        makes: Operation::CreateAdConfiguration,
        noun: Some(Noun::Ads),
        terraform: None,
        cloudformation: Some(Resource {
            name: "AWS::IVS::AdConfiguration",
            members: "name mediaTailorPlaybackConfigurations.playbackConfigurationArn \
                      postRollConfiguration.durationSeconds postRollConfiguration.enabled tags",
        }),
    },
    Kind { makes: Operation::CreateFailoverSlateConfiguration, noun: Some(Noun::Slate), terraform: None, cloudformation: None },
];

/// The kind that an operation makes one of; `None` for all operations that make none.
pub(super) fn made_by(operation: Operation) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.makes == operation)
}
