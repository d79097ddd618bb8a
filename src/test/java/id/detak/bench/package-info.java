/**
 * Benchmarks, run by {@code mvn verify -Pbench}, which write their results into {@code src/docs/performance.md}. Each
 * alternates between Detak and a reference in the same run, and compares their results for equality before it measures.
 */
package id.detak.bench;
