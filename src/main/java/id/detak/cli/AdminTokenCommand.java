package id.detak.cli;

import id.detak.platform.UserException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "admin-token", mixinStandardHelpOptions = true,
        description = "Makes a new admin's token and prints it. The old one holds no longer, and whoever signed in with it is signed out.")
class AdminTokenCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        return CommandApplication.run(application -> {
            if (application.adminToken.isConfigured()) {
                throw new UserException("DETAK_ADMIN_TOKEN is set, here or for the server: set another there, and start it again.");
            }
            System.out.println(application.adminToken.renew());
            return ExitCode.DONE;
        });
    }
}
