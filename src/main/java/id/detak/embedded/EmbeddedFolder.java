package id.detak.embedded;

import id.detak.platform.DurableFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The folder of an embedded database and its layout. */
record EmbeddedFolder(Path root) {

    /** pg_ctl and initdb pass paths to a shell in double quotes, where these characters keep their meaning. */
    private static final String UNSAFE_IN_SHELL = File.separatorChar == '\\' ? "\"%" : "\"$`\\\n";

    /** Its owner is the user of this process; exists on Linux only. */
    private static final Path OWN_PROCESS = Path.of("/proc/self");

    static EmbeddedFolder prepare(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(absolute.getParent());
                Files.createDirectories(absolute, DurableFiles.permissions("rwx------"));
            }
            EmbeddedFolder folder = new EmbeddedFolder(absolute.toRealPath());
            folder.requirePlainName();
            return folder;
        } catch (IOException e) {
            throw new EmbeddedFolder(absolute).unusable(e);
        }
    }

    private void requirePlainName() {
        if (root.toString().chars().anyMatch(character -> UNSAFE_IN_SHELL.indexOf(character) >= 0)) {
            throw new DatabaseUnavailableException("PostgreSQL cannot work in " + root
                    + " because of a quote, dollar, percent sign or backslash in its name: choose another data folder"
                    + " (DETAK_DATA).");
        }
    }

    Path cluster() {
        return root.resolve("postgres");
    }

    Path unfinishedCluster() {
        return root.resolve("postgres.new");
    }

    /** A complete cluster of this version, which takes the place of {@link #cluster()}. */
    Path upgradedCluster() {
        return root.resolve("postgres.upgraded");
    }

    /** Where an earlier version's cluster stays after an upgrade. */
    Path formerCluster(int version) {
        return root.resolve("postgres-" + version);
    }

    /** The data folder in which a cluster is made during an upgrade. */
    Path upgradeFolder() {
        return root.resolve("upgrade");
    }

    /** The major version of the cluster; empty if there is none. */
    Optional<Integer> clusterVersion() {
        try {
            return Optional.of(Integer.valueOf(
                    Files.readString(cluster().resolve("PG_VERSION")).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        } catch (NumberFormatException e) {
            throw new DatabaseUnavailableException(cluster()
                    + " has no valid PG_VERSION: restore that file, or choose another data folder (DETAK_DATA).");
        }
    }

    /** The user to whom the cluster belongs, unless it is this process's. */
    Optional<UserPrincipal> otherOwner() {
        try {
            if (!Files.exists(cluster()) || !Files.exists(OWN_PROCESS)) {
                return Optional.empty();
            }
            UserPrincipal own = Files.getOwner(OWN_PROCESS);
            return Optional.of(Files.getOwner(cluster())).filter(owner -> !owner.equals(own));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The refusal of a folder of another user, where this process would leave files that they cannot change. */
    DatabaseUnavailableException belongsTo(UserPrincipal user) {
        return new DatabaseUnavailableException("The database in " + this + " belongs to the user " + user.getName()
                + ": run detak as that user, for example with sudo -u " + user.getName() + ".");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    Path commandOutput() {
        return root.resolve("command.log");
    }

    Path passwordFile() {
        return root.resolve("database-password");
    }

    Path ownerLock() {
        return root.resolve("owner.lock");
    }

    Path usersLock() {
        return root.resolve("users.lock");
    }

    Path running() {
        return root.resolve("server.properties");
    }

    Path binaries() {
        return root.resolve("binaries");
    }

    Optional<String> password() {
        try {
            return Optional.of(Files.readString(passwordFile()).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The existing password, or a new one that is durable before a cluster depends on it. */
    String passwordForNewCluster() {
        return password().orElseGet(() -> {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            try {
                DurableFiles.write(passwordFile(), (password + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw unusable(e);
            }
            return password;
        });
    }

    DatabaseUnavailableException unusable(IOException cause) {
        if (Files.isRegularFile(root)) {
            return new DatabaseUnavailableException("DETAK_DATA must name a folder: " + root + " is a file.");
        }
        return new DatabaseUnavailableException(
                "The data folder " + root + " cannot be used (" + cause
                        + "): make it writable for this user, or choose another one (DETAK_DATA).",
                cause);
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
