/**
 * Benchmarks, run by {@code mvn verify -Pbench} and written into the README's table of performance. Always ours against a
 * yardstick measured in the same run, in turn; answers are compared for equality before they are timed.
 */
package id.detak.bench;
