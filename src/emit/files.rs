//! Objects as files: one per object, numbered in the order of application.

use crate::disk::Files;
use crate::object::Object;

use super::names::{Names, home};
use super::{Format, json, yaml};

/// The files of some objects, by name.
pub fn of(objects: &[Object], format: Format) -> Files {
    let mut names = Names::new(home(objects.iter().map(|object| &object.identity)));
    let mut files = Files::new();
    for object in objects {
        let mut bytes = Vec::new();
        let ending = match format {
            Format::Yaml => {
                yaml::write_document(&object.content, &mut bytes);
                "yaml"
            }
            Format::Json => {
                json::write_document(&object.content, &mut bytes);
                "json"
            }
        };
        files.insert(names.of_object(&object.identity, ending), bytes);
    }
    files
}
