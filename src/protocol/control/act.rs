//! What an entry does. The fields of an act never change: what needs others gets a new number.

use super::rights::Rights;
use crate::form::{Field, Fields, FormError, Object, numbered, object};
use crate::id::{DeviceId, Hash, PersonId, StreamId};
use crate::key::{DeviceKeys, VerifyKey};
use crate::value::Value;

object! {
    /// Begins a circle: always the first act of the first entry, and only there.
    pub struct Genesis, "act Genesis" {
        /// The founder, who manages.
        person: PersonId = 1,
        /// The founder's device, which signs.
        keys: DeviceKeys = 2,
    }
}

object! {
    /// Begins a stream at epoch 1. The signer's person reads all of it, writes and withdraws.
    pub struct StreamAdded, "act StreamAdded" {
        /// The new stream.
        stream: StreamId = 1,
        /// Fixes the key of epoch 1.
        commit: Hash = 2,
    }
}

object! {
    /// Adds a person with their first device.
    pub struct MemberAdded, "act MemberAdded" {
        /// A new person.
        person: PersonId = 1,
        /// What they may do.
        rights: Rights = 2,
        /// Their device, as its invite claim named it.
        keys: DeviceKeys = 3,
    }
}

object! {
    /// Adds a device of the signer's own person.
    pub struct DeviceAdded, "act DeviceAdded" {
        /// The new device.
        keys: DeviceKeys = 1,
    }
}

object! {
    /// Replaces what a person may do.
    pub struct RightsChanged, "act RightsChanged" {
        /// Whose.
        person: PersonId = 1,
        /// From now on.
        rights: Rights = 2,
        /// Where writing ends, for streams they may no longer write.
        cuts: Vec<Cut> = 3,
    }
}

object! {
    /// Removes a person or one key. Exactly one of the two is there.
    pub struct Removed, "act Removed" {
        /// A person with all their keys.
        person: Option<PersonId> = 1,
        /// One device or recovery key.
        device: Option<DeviceId> = 2,
        /// Where each device's writing ends. A stream not named here: it wrote nothing there.
        cuts: Vec<Cut> = 3,
    }
}

object! {
    /// The last frame of a device in a stream that counts. Frames beyond it are void everywhere.
    pub struct Cut, "cut" {
        /// Whose frames.
        device: DeviceId = 1,
        /// In which stream.
        stream: StreamId = 2,
        /// The last one's number.
        dev_seq: u64 = 3,
        /// The last one's header hash.
        header: Hash = 4,
    }
}

object! {
    /// Begins the next epoch of a stream.
    pub struct EpochAdvanced, "act EpochAdvanced" {
        /// Which stream.
        stream: StreamId = 1,
        /// The new epoch: one more than the last.
        epoch: u64 = 2,
        /// Fixes its key, so nobody can hand two people different ones.
        commit: Hash = 3,
    }
}

object! {
    /// Sets the recovery key of the signer's own person, in place of the one before.
    pub struct RecoverySet, "act RecoverySet" {
        /// The recovery key.
        keys: DeviceKeys = 1,
        /// The circle's id sealed under the phrase, so that no false circle can be offered.
        sealed_circle: Option<Vec<u8>> = 2,
    }
}

object! {
    /// Names the server and pins its key.
    pub struct ServerSet, "act ServerSet" {
        /// Its origin.
        address: String = 1,
        /// Verifies its heads and receipts.
        key: VerifyKey = 2,
    }
}

object! {
    /// Asks for at least this version: an app below it stops writing and keeps reading.
    pub struct MinVersion, "act MinVersion" {
        /// Never lower than before.
        version: u64 = 1,
    }
}

object! {
    /// Ends the circle: nothing is appended after it.
    pub struct Ended, "act Ended" {}
}

object! {
    /// Says that the signing device is in the circle and holds every key that it is entitled to.
    pub struct Arrived, "act Arrived" {}
}

macro_rules! acts {
    ($($act:ident = $number:literal,)+) => {
        numbered! {
            /// The numbers of the acts.
            pub enum ActNumber {
                $(#[doc = concat!("See [`", stringify!($act), "`].")] $act = $number,)+
            }
        }

        /// One act of an entry.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Act {
            $(#[doc = concat!("See [`", stringify!($act), "`].")] $act($act),)+
            /// Of a later build. One that is critical stops the writing until an update.
            Unknown {
                /// Its number.
                number: u64,
                /// Whether who does not know it must stop.
                is_critical: bool,
                /// Its fields.
                fields: Fields,
            },
        }

        impl Field for Act {
            fn read(value: Value) -> Result<Self, FormError> {
                let Value::List(parts) = value else { return Err(FormError::Shape) };
                let Ok([number, Value::Bool(is_critical), Value::Map(mut fields)]) =
                    <[Value; 3]>::try_from(parts) else { return Err(FormError::Shape) };
                let number = u64::read(number)?;
                Ok(match ActNumber::from_number(number) {
                    // All acts of this version are critical; another spelling is none.
                    Some(_) if !is_critical => return Err(FormError::Shape),
                    $(Some(ActNumber::$act) => Self::$act(crate::form::from_fields(&mut fields)?),)+
                    None => Self::Unknown { number, is_critical, fields },
                })
            }

            fn write(&self) -> Value {
                let (number, is_critical, fields) = match self {
                    $(Self::$act(act) => {
                        let mut fields = Fields::new();
                        Object::put(act, &mut fields);
                        (ActNumber::$act.number(), true, fields)
                    })+
                    Self::Unknown { number, is_critical, fields } =>
                        (*number, *is_critical, fields.clone()),
                };
                Value::List(vec![number.write(), Value::Bool(is_critical), Value::Map(fields)])
            }
        }
    };
}

acts! {
    Genesis = 1,
    StreamAdded = 2,
    MemberAdded = 3,
    DeviceAdded = 4,
    RightsChanged = 5,
    Removed = 6,
    EpochAdvanced = 7,
    RecoverySet = 8,
    ServerSet = 9,
    MinVersion = 10,
    Ended = 11,
    Arrived = 12,
}
