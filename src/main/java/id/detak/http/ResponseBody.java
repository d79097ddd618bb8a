package id.detak.http;

/** The complete body of a response. The bytes must not be changed afterwards. */
public record ResponseBody(String contentType, byte[] body) {}
