package id.detak.platform;

/** An invalid setting. The message names the variable and its valid values. */
public class BadSettingException extends UserException {

    public BadSettingException(String message) {
        super(message);
    }
}
