package id.detak.access;

/** What a resource demands of who asks. */
public final class Roles {

    /** Everybody, where reading is open. */
    public static final String READER = "reader";

    public static final String ADMIN = "admin";

    private Roles() {}
}
