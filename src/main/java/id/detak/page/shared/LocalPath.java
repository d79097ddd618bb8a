package id.detak.page.shared;

import java.net.URI;

/** A page of ours to go to, from what an address says: whatever could lead to another site is the overview. */
public record LocalPath(String text) {

    public static LocalPath of(String asked) {
        return new LocalPath(asked != null && isOurs(asked) ? asked : "/");
    }

    private static boolean isOurs(String asked) {
        boolean isPlain = asked.startsWith("/") && !asked.startsWith("//") && !asked.startsWith("/sign-") && asked.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        try {
            URI uri = isPlain ? URI.create(asked) : null;
            return uri != null && uri.getScheme() == null && uri.getRawAuthority() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
