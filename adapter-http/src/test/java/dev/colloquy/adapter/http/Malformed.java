package dev.colloquy.adapter.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Makes requests of which each has at least one thing wrong. */
final class Malformed {

    private static final String PATH = "/v1/agents/onboarding/users/alex/conversation/messages";
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"role\":",
        "\"content\":\"x\"",
        "\"messages\":[",
        "null",
        "1e999",
        "\\u0000",
        "\u0000",
        "\uFFFE",
        "🎉",
        "true",
        "\"metadata\":{",
        "\"id\":",
        " ",
        "\n"
    };
    private static final String[] USERS = {"%", "%f", "%ff", "%00", "\u00ff", "%ED%A0%80", "a%0d%0ab", ""};
    private static final String[] HEADERS = {
        "Content-Length: -5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: x",
        "No colon here",
        ": empty",
        "Bad Name: x",
        "Content-Encoding: gzip"
    };

    private Malformed() {}

    static byte[] request(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> post(PATH, "", body(random));
            case 1 -> post(PATH.replace("alex", USERS[random.nextInt(USERS.length)]), "", bytes("{}"));
            case 2 -> post(PATH, HEADERS[random.nextInt(HEADERS.length)] + "\r\n", bytes("{}"));
            case 3 -> cut(random, post(PATH, "", bytes("{\"role\":\"user\",\"content\":\"x\"}")));
            default -> noise(random);
        };
    }

    private static byte[] body(Random random) {
        StringBuilder body = new StringBuilder("?".repeat(random.nextInt(2)));
        for (int i = random.nextInt(12); i >= 0; i--) {
            body.append(PIECES[random.nextInt(PIECES.length)]);
        }
        // Whatever came before, it cannot be JSON with this at its end.
        return bytes(body + "]");
    }

    private static byte[] cut(Random random, byte[] request) {
        byte[] part = new byte[random.nextInt(request.length - 1)];
        System.arraycopy(request, 0, part, 0, part.length);
        return part;
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        byte[] end = bytes("\r\n\r\n");
        var all = new ByteArrayOutputStream();
        all.writeBytes(noise);
        all.writeBytes(end);
        return all.toByteArray();
    }

    private static byte[] post(String path, String header, byte[] body) {
        String length = header.startsWith("Content-Length") ? "" : "Content-Length: " + body.length + "\r\n";
        var request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + header
                        + length + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
