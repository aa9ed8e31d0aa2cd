//! Paths on nodes, in volumes and in containers, and the modes of files.

use crate::check::at::At;

use super::formats::shown;

const STEP_BACK: &str = "..";

impl At<'_> {
    /// It must not lead upwards: `validatePathNoBacksteps`.
    pub fn must_not_step_back(self) {
        if let Some(path) = self.text()
            && path.split('/').any(|part| part == STEP_BACK)
        {
            self.fault(format!("{} leads upwards with `..`", shown(path)));
        }
    }

    /// It must lead below where it is looked up: `validateLocalDescendingPath`.
    pub fn must_stay_below(self) {
        if let Some(path) = self.text().filter(|path| path.starts_with('/')) {
            self.fault_with(format!("{} must not start with `/`", shown(path)), "it is relative");
        }
        self.must_not_step_back();
    }

    /// The path of a file that a volume holds: `ValidateLocalNonReservedPath`.
    pub fn must_be_path_in_volume(self) {
        self.must_stay_below();
        // The kubelet keeps its own files under names that start so.
        if let Some(path) = self.text()
            && path.starts_with(STEP_BACK)
            && !path.split('/').any(|part| part == STEP_BACK)
        {
            self.fault(format!("{} must not start with `..`", shown(path)));
        }
    }

    /// The mode of a file.
    pub fn must_be_file_mode(self) {
        const MOST: i64 = 0o777;
        let Some(mode) = self.int().filter(|mode| !(0..=MOST).contains(mode)) else { return };
        let message = format!("a file mode is from 0 to 0777, which is {MOST}, and this is {mode}");
        // JSON has no octal numbers: 0644 is 420 there.
        match i64::from_str_radix(&mode.to_string(), 8).ok().filter(|octal| *octal <= MOST) {
            Some(octal) if octal >= 0 => {
                self.fault_with(message, format!("did you mean 0{octal:o}, which is {octal}?"));
            }
            _ => self.fault(message),
        }
    }
}
