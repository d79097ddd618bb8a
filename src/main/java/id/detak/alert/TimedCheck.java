package id.detak.alert;

/** What time alone decides, without a new observation. Every replica runs it; a lock makes sure that one acts. */
public interface TimedCheck {

    void run();
}
