package id.detak.indicator;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
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

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Kind kind;

    /** {@code points}, {@code IDR}, {@code percent}, or empty if unknown. */
    @Column(nullable = false)
    String unit;

    /** Number of decimals of its value; null: as printed. */
    Short decimals;

    /** When an unknown label was first seen; null for seeded indicators. */
    @Column(name = "discovered_at")
    Instant discoveredAt;

    /** Left out of lists; its series continues. */
    @Column(nullable = false)
    boolean hidden;

    /** Whether the admin chose its names, so that {@code indicators.csv} does not change them. */
    @Column(nullable = false)
    boolean named;

    /** The source whose polls make its series; null if it was not polled yet. */
    String source;

    protected Indicator() {}

    /** A copy of a row, which Hibernate does not manage. */
    Indicator(
            Integer id,
            String code,
            String nameId,
            String nameEn,
            Kind kind,
            String unit,
            Short decimals,
            Instant discoveredAt,
            boolean hidden,
            boolean named,
            String source) {
        this.id = id;
        this.code = code;
        this.nameId = nameId;
        this.nameEn = nameEn;
        this.kind = kind;
        this.unit = unit;
        this.decimals = decimals;
        this.discoveredAt = discoveredAt;
        this.hidden = hidden;
        this.named = named;
        this.source = source;
    }

    /** Whether a text can be a code. Excludes everything that a spreadsheet would read as a formula. */
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

    public boolean isHidden() {
        return hidden;
    }

    /** The source whose polls make its series, or null. */
    public String source() {
        return source;
    }

    public boolean isDiscovered() {
        return discoveredAt != null;
    }

    /** Funds have no level in the strip, only a percentage for each day. */
    public boolean hasLevel() {
        return kind != Kind.FUND;
    }

    /** The code in URLs: no slash, and a hyphen for each space. */
    public String address() {
        return address(code);
    }

    static String address(String code) {
        return code.replace("/", "").replace(' ', '-');
    }
}
