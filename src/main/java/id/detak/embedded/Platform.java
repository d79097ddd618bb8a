package id.detak.embedded;

import java.util.Locale;

/** The operating system and architecture, in the names of zonky's archives. */
record Platform(String os, String arch) {

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        return new Platform(
                os.startsWith("mac") || os.startsWith("darwin") ? "darwin" : os.startsWith("windows") ? "windows" : os,
                switch (arch) {
                    case "amd64", "x86_64", "x64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> arch;
                });
    }

    String archiveName() {
        return "postgres-" + os + "-" + arch + ".txz";
    }

    boolean isWindows() {
        return os.equals("windows");
    }

    boolean isLinux() {
        return os.equals("linux");
    }

    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
