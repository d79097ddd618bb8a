package id.detak.http;

/** The body of an answer, whole. The bytes are handed over: nobody changes them afterwards. */
public record ResponseBody(String contentType, byte[] body) {
}
