package id.detak.alert;

/**
 * A check that depends on time alone, not on a new observation. Every replica runs it; a lock ensures that only one
 * acts.
 */
public interface TimedCheck {

    void run();
}
