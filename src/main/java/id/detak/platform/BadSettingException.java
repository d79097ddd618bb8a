package id.detak.platform;

/** An invalid setting. The message names the variable and the values that it takes. */
public class BadSettingException extends UserException {

    public BadSettingException(String message) {
        super(message);
    }
}
