package id.detak.series.table;

import id.detak.platform.Word;
import java.util.Locale;
import java.util.Set;

/** The meaning of a column, with the names that it has in tables of unknown origin. */
enum Field implements Word {
    DATE(
            "date",
            "tanggal",
            "tgl",
            "datetime",
            "date time",
            "day",
            "timestamp",
            "trade date",
            "tanggal transaksi",
            "observed_at",
            "start",
            "data"),
    TIME("time", "jam", "pukul", "czas"),
    CODE("code", "kode", "ticker", "symbol", "index code", "kode indeks", "indexcode"),
    VALUE(
            "value",
            "close",
            "price",
            "last",
            "terakhir",
            "penutupan",
            "nilai",
            "harga",
            "kurs",
            "rate",
            "jisdor",
            "kurs tengah",
            "close/last",
            "zamkniecie"),
    OPEN("open", "pembukaan", "otwarcie"),
    HIGH("high", "highest", "tertinggi", "najwyzszy"),
    LOW("low", "lowest", "terendah", "najnizszy"),
    CHANGE("change", "perubahan", "selisih"),
    CHANGE_PERCENT(
            "change_percent",
            "change %",
            "change%",
            "% change",
            "change (%)",
            "perubahan%",
            "perubahan %",
            "perubahan (%)"),
    BUY("buy", "buying", "beli", "harga beli", "kurs beli", "buyback", "buy back", "harga buyback"),
    SELL("sell", "selling", "jual", "harga jual", "kurs jual"),
    QUALITY("quality"),
    TRADING_DAY("trading_day"),
    COUNT("count");

    private final Set<String> names;

    Field(String... names) {
        this.names = Set.of(names);
    }

    /** The word in the option {@code columns}. */
    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasName(String name) {
        return names.contains(name);
    }
}
