package id.detak.access;

/** The roles that resources require. */
public final class Roles {

    /** Everybody, where reading is open. */
    public static final String READER = "reader";

    public static final String ADMIN = "admin";

    private Roles() {}
}
