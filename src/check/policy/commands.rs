//! What containers run, command by command, as far as a manifest tells.

use crate::check::at::At;
use crate::check::scene::Container;
use crate::object::value::Value;
use crate::scalar::{ImageReference, Scalar};

/// The words of one command, without the quotes around them.
pub type Command = Vec<String>;

const SHELLS: [&str; 5] = ["sh", "bash", "ash", "dash", "zsh"];

/// The commands that a container runs, and where it says so. What its image brings along
/// is not known, but for images that are called after their program.
pub fn commands_of<'a>(container: Container<'a>) -> Option<(At<'a>, Vec<Command>)> {
    let (command, args) = (container.at.field("command"), container.at.field("args"));
    let mut words = words(command);
    if words.is_empty() {
        let image = ImageReference::parse(container.at.field("image").text_or_empty()).ok()?;
        words.push(program(image.name()).to_owned());
    }
    words.extend(self::words(args));
    let at = if args.is_empty() { command } else { args };
    at.is_set().then(|| (at, commands(words)))
}

/// The commands of a hook or a probe that runs a program.
pub fn commands_of_exec(exec: At<'_>) -> Vec<Command> {
    commands(words(exec.field("command")))
}

fn words(list: At<'_>) -> Command {
    list.list().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn commands(words: Command) -> Vec<Command> {
    match script(&words) {
        Some(script) => commands_of_script(script),
        None => vec![words],
    }
}

/// The script that a shell is given with `-c`, or nothing where it is no shell.
fn script(words: &[String]) -> Option<&str> {
    let (first, rest) = words.split_first()?;
    if !SHELLS.contains(&program(first)) {
        return None;
    }
    let at = rest.iter().position(|word| is_command_flag(word))?;
    rest.get(at + 1).map(String::as_str)
}

/// `-c`, `-ec`, `-lc`.
fn is_command_flag(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|flags| {
        flags.ends_with('c') && flags.bytes().all(|flag| flag.is_ascii_alphabetic())
    })
}

/// `kubectl` for `/usr/bin/kubectl`.
pub fn program(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// No shell's grammar: enough to see which programs are run with which words.
fn commands_of_script(script: &str) -> Vec<Command> {
    let ends = ['\n', ';', '|', '&', '(', ')', '`', '{', '}'];
    let whole = script.replace("\\\n", " ");
    let commands = whole.split(ends).map(|command| {
        let words = command.split_whitespace();
        let words = words.take_while(|word| !word.starts_with('#'));
        let bare = words.map(|word| word.trim_matches(['"', '\'', '$']));
        bare.filter(|word| !word.is_empty()).map(str::to_owned).collect::<Command>()
    });
    commands.filter(|command| !command.is_empty()).collect()
}

/// Seconds that `sleep` is told to wait; all of time for `infinity`.
pub fn seconds(amount: &str) -> Option<u64> {
    if matches!(amount, "infinity" | "inf") {
        return Some(u64::MAX);
    }
    let digits = amount.trim_end_matches(['s', 'm', 'h', 'd']);
    let unit = match &amount[digits.len()..] {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Vec<Command> {
        commands(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn scripts_are_taken_apart() {
        assert_eq!(of(&["sleep", "5"]), [["sleep", "5"]]);
        assert_eq!(
            of(&["/bin/sh", "-ec", "a b && c\n# d\ne \\\n f"]),
            [vec!["a", "b"], vec!["c"], vec!["e", "f"]]
        );
        assert_eq!(
            of(&["sh", "-c", "x=$(kubectl exec 'a')"]),
            [vec!["x="], vec!["kubectl", "exec", "a"]]
        );
        assert_eq!(of(&["sh", "/start.sh"]), [["sh", "/start.sh"]]);
    }

    #[test]
    fn how_long_it_sleeps() {
        for (amount, expected) in [
            ("5", Some(5)),
            ("5s", Some(5)),
            ("2m", Some(120)),
            ("1d", Some(86400)),
            ("infinity", Some(u64::MAX)),
            ("$DELAY", None),
            ("5ms", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(seconds(amount), expected, "{amount}");
        }
    }
}
