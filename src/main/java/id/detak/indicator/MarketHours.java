package id.detak.indicator;

/** {@code DETAK_MARKET_HOURS}: by the exchange's calendar, or open at all hours on every calendar day. */
public enum MarketHours {
    IDX, ALWAYS
}
