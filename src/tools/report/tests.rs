use super::Tally;

#[test]
fn sums_what_every_test_binary_reports() {
    let output = "running 2 tests\n\
        test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.00s\n\
        test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
    let tally = Tally::from_cargo(output);
    assert_eq!((tally.passed, tally.failed, tally.skipped), (6, 2, 1));
}

#[test]
fn a_runner_that_fails_without_a_report_is_one_failure() {
    assert_eq!(
        Tally::from_cargo("error: could not compile").with_exit(false),
        Tally::FAILED
    );
    let reported = Tally::from_cargo("test result: FAILED. 0 passed; 2 failed;").with_exit(false);
    assert_eq!(reported.failed, 2);
    assert_eq!(Tally::PASSED.with_exit(true), Tally::PASSED);
}

#[test]
fn a_run_of_nothing_is_one_failure() {
    let nothing = "test result: ok. 0 passed; 0 failed; 0 ignored; 0 filtered out";
    assert_eq!(Tally::from_cargo(nothing).with_exit(true), Tally::FAILED);
    assert_eq!(
        Tally::from_cargo("no tests to run!").with_exit(true),
        Tally::FAILED
    );
}

#[test]
fn reads_the_last_summary_of_node() {
    let output =
        "ok 1 - a\n# pass 9\n# tests 5\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n";
    let tally = Tally::from_tap(output);
    assert_eq!((tally.passed, tally.failed, tally.skipped), (3, 1, 1));
}

#[test]
fn a_flaky_browser_test_is_a_failed_one() {
    let report = r#"{"stats":{"expected":7,"skipped":1,"unexpected":1,"flaky":2}}"#;
    let tally = Tally::from_playwright(report).unwrap();
    assert_eq!(tally.to_string(), "7 passed, 3 failed, 1 skipped");
    assert!(Tally::from_playwright("nothing").is_err());
}
