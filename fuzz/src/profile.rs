//! Any texts as the layers of an environment, `%%` on a line of its own
//! between two.

use crate::pipeline;

pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let texts: Vec<&str> = text.split("\n%%\n").take(4).collect();
    pipeline::build(&texts);
}
