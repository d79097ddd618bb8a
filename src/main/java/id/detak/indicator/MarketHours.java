package id.detak.indicator;

/** {@code DETAK_MARKET_HOURS}: the calendar of the exchange, or open at all times. */
public enum MarketHours {
    IDX,
    ALWAYS
}
