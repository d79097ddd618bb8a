package id.detak.intake;

import id.detak.strip.Strip;
import java.util.Optional;

/**
 * An arrival whose page was parsed, which needs no transaction.
 *
 * @param strip the strip of its page, or of the capture since which it is unchanged; empty if there is none
 */
record ParsedArrival(Arrival arrival, Optional<Strip> strip) {}
