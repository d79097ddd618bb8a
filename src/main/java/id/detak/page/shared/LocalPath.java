package id.detak.page.shared;

import java.net.URI;

/** The page to return to after signing in; a target that could lead to another site becomes the overview. */
public record LocalPath(String text) {

    public static LocalPath of(String requested) {
        return new LocalPath(requested != null && isLocal(requested) ? requested : "/");
    }

    private static boolean isLocal(String path) {
        boolean isPlain = path.startsWith("/")
                && !path.startsWith("//")
                && !path.startsWith("/sign-")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        try {
            URI uri = isPlain ? URI.create(path) : null;
            return uri != null && uri.getScheme() == null && uri.getRawAuthority() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
