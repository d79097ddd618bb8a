package id.detak.platform;

/** A value of the configuration that cannot be. The message names the variable and what it takes. */
public class BadSettingException extends UserException {

    public BadSettingException(String message) {
        super(message);
    }
}
