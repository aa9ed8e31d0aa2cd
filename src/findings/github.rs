//! Findings as workflow commands of GitHub Actions, which shows them at their lines.

use crate::check::finding::Finding;
use crate::diagnostic::printable;

use super::{Run, Runs, each, end_column, summary};

/// One command a finding, and the summary as a notice.
pub fn write(runs: &Runs) -> String {
    let commands: String = each(runs).map(|(run, finding)| command(run, finding)).collect();
    let summary = summary(runs);
    let notices =
        summary.lines().map(|line| format!("::notice title=k8sgen check::{}\n", data(line)));
    commands + &notices.collect::<String>()
}

fn command(run: &Run, finding: &Finding) -> String {
    let mut properties = Vec::new();
    if let (Some(file), Some(place)) = (run.file(finding), finding.place) {
        properties.push(format!("file={}", property(file)));
        properties.push(format!("line={}", place.line));
        properties.push(format!("col={}", place.column));
        properties.push(format!("endColumn={}", end_column(place)));
    }
    properties.push(format!("title={}", property(finding.rule.name)));
    let message = data(&super::sentence_of_run(run, finding));
    format!("::{} {}::{message}\n", finding.severity.word(), properties.join(","))
}

/// What stands behind `::`: a line break would end the command.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    printable(&text).into_owned()
}

/// What stands behind `=`: `:` and `,` would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_leave_their_command() {
        assert_eq!(data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(property("a:b,c=d"), "a%3Ab%2Cc=d");
    }
}
