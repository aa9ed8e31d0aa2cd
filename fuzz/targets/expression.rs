#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| k8sgen_fuzz::expression::run(data));
