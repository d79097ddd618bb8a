package id.detak.indicator;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** An indicator of the strip, seeded or discovered. */
@Entity
public class Indicator {

    private static final Pattern CODE = Pattern.compile("\\p{L}[\\p{L}\\d ./&+()'-]{0,39}");

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Integer id;

    @Column(nullable = false, unique = true)
    String code;

    @Column(name = "name_id", nullable = false)
    String nameId;

    @Column(name = "name_en", nullable = false)
    String nameEn;

    @Column(nullable = false)
    Kind kind;

    /** {@code points}, {@code IDR}, {@code percent}, or empty where nobody knows. */
    @Column(nullable = false)
    String unit;

    /** Decimals of its value; null: as printed. */
    Short decimals;

    /** When a label that nobody knew was first seen; null for the seeded ones. */
    @Column(name = "discovered_at")
    Instant discoveredAt;

    protected Indicator() {
    }

    Indicator(String code) {
        this.code = code;
    }

    static Indicator discovered(String code, Instant at) {
        Indicator indicator = new Indicator(code);
        indicator.nameId = code;
        indicator.nameEn = code;
        indicator.kind = Kind.OTHER;
        indicator.unit = "";
        indicator.discoveredAt = at;
        return indicator;
    }

    /** As a label in a strip may be; nothing that a spreadsheet would take for a formula. */
    public static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    public int id() {
        return id;
    }

    public String code() {
        return code;
    }

    public String name(Locale locale) {
        return locale.getLanguage().equals("id") ? nameId : nameEn;
    }

    public Kind kind() {
        return kind;
    }

    public String unit() {
        return unit;
    }

    public Integer decimals() {
        return decimals == null ? null : decimals.intValue();
    }

    public boolean isDiscovered() {
        return discoveredAt != null;
    }

    /** Funds have no level in the strip: a percent a day is all there is. */
    public boolean hasLevel() {
        return kind != Kind.FUND;
    }

    /** The code as it stands in addresses: no slash, and a hyphen for each space. */
    public String address() {
        return address(code);
    }

    static String address(String code) {
        return code.replace("/", "").replace(' ', '-');
    }
}
