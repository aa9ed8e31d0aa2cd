//! When a Job has succeeded before all its indexes have.

use crate::check::at::At;

const MOST_RULES: usize = 20;
const LONGEST_INDEXES: usize = 64 * 1024;

/// `validateSuccessPolicy`, for a Job with so many indexes.
pub fn validate(policy: At<'_>, completions: Option<i64>) {
    if !policy.is_set() {
        return;
    }
    let rules = policy.field("rules");
    rules.required();
    rules.must_not_have_more_than(MOST_RULES);
    let Some(completions) = completions else { return };
    for rule in rules.items() {
        let (indexes, count) = (rule.field("succeededIndexes"), rule.field("succeededCount"));
        if !indexes.is_set() && !count.is_set() {
            rule.fault("it needs `succeededIndexes` or `succeededCount`");
        }
        indexes.must_not_be_longer_than(LONGEST_INDEXES);
        let listed = indexes.text().map(|text| indexes_in(text, completions));
        if let Some(Err(reason)) = &listed {
            indexes.fault_with(reason.clone(), "such as `0,2-4`");
        }
        count.must_not_be_negative();
        let most = match listed {
            Some(Ok(listed)) => listed,
            _ => completions,
        };
        if let Some(number) = count.int().filter(|number| *number > most) {
            count.fault(format!("{number} is more than the {most} indexes that there are"));
        }
    }
}

/// How many indexes such a list has: `validateIndexesFormat`.
fn indexes_in(text: &str, completions: i64) -> Result<i64, String> {
    if text.is_empty() {
        return Ok(0);
    }
    let (mut total, mut last) = (0, -1);
    let mut next = |text: &str| match text.parse::<i32>().map(i64::from) {
        Err(_) => Err(format!("`{}` is not an index", text.escape_debug())),
        Ok(index) if index >= completions => {
            Err(format!("{index} is too large: the last index is {}", completions - 1))
        }
        Ok(index) if index <= last => Err("the indexes do not rise".to_owned()),
        Ok(index) => {
            last = index;
            Ok(index)
        }
    };
    for part in text.split(',') {
        let (first, end) = match part.split_once('-') {
            Some((first, end)) => (first, Some(end)),
            None => (part, None),
        };
        let first = next(first)?;
        total += 1;
        if let Some(end) = end {
            total += next(end)? - first;
        }
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::indexes_in;

    #[test]
    fn indexes() {
        for (text, count) in [("", 0), ("0", 1), ("0,2-4", 4), ("1-9", 9)] {
            assert_eq!(indexes_in(text, 10), Ok(count), "{text}");
        }
        for text in ["a", "10", "1,", "2-1", "1-1", "3,2", "1-2-3", "0-3,3"] {
            assert!(indexes_in(text, 10).is_err(), "{text}");
        }
    }
}
