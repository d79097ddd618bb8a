package id.detak.platform.http;

/** The body of an answer, whole. The bytes are handed over: nobody changes them afterwards. */
public record Finished(String contentType, byte[] body) {
}
