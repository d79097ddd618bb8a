package id.detak.cli;

import id.detak.platform.UserException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "admin-token",
        mixinStandardHelpOptions = true,
        description =
                "Creates a new admin token and prints it. The old token and all sessions that were opened with it become invalid.")
class AdminTokenCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        return CommandApplication.run(application -> {
            if (application.adminToken.isConfigured()) {
                throw new UserException(
                        "DETAK_ADMIN_TOKEN is set here or for the server. Set another value there and restart.");
            }
            System.out.println(application.adminToken.renew());
            return ExitCode.DONE;
        });
    }
}
