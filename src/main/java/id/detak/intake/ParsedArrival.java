package id.detak.intake;

import id.detak.strip.Strip;
import java.util.Optional;

/**
 * An arrival whose page was parsed, which needs no transaction.
 *
 * @param strip the strip of its page; empty if it has none, or no page
 */
record ParsedArrival(Arrival arrival, Optional<Strip> strip) {}
