package dev.colloquy.bootstrap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Requests that start out right or nearly so and are then spoilt, the same ones for the same seed. */
final class FuzzedRequests {

    private static final List<String> METHODS =
            List.of("GET", "POST", "POST", "DELETE", "HEAD", "PUT", "OPTIONS", "get", "BREW", "");
    private static final List<String> PATHS = List.of(
            "/v1/agents/a/users/b/conversation/messages",
            "/v1/agents/a/users/b/conversation/messages",
            "/v1/agents/a/users/%F0%9F%98%80/conversation",
            "/v1/agents/a/users/%ff%00/conversation",
            "/v1/agents/a/conversations?limit=3&cursor=",
            "/v1/agents/../users/b/conversation",
            "/v1/agents/a/users/b/conversation/messages?last=-1&after=x",
            "/health/ready",
            "/metrics",
            "//",
            "*",
            "http://other/health/live");
    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json",
            "Content-Type: text/plain; charset=utf-7",
            "Content-Encoding: gzip",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Content-Length: 99999999999999999999",
            "Content-Length: -1",
            "Expect: 100-continue",
            "Connection: upgrade",
            "Upgrade: h2c",
            "If-Match: \"",
            "If-None-Match: *",
            "Authorization: Bearer \u0000",
            "traceparent: 00-zz-00",
            "X-Correlation-Id: \r\n x",
            "Host: y",
            ": no name");
    private static final List<String> BODIES = List.of(
            "{\"role\":\"user\",\"content\":\"Alex\"}",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}",
            "{\"messages\":[]}",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{\"role\":1e999999,\"content\":null}",
            "{\"role\":\"user\",\"content\":\"a\",\"metadata\":{\"\":\"\"}}",
            "5\r\n{\"rol\r\nffffffffff\r\n",
            "\u0000\uFEFF{}",
            "");

    private final Random random;

    FuzzedRequests(long seed) {
        this.random = new Random(seed);
    }

    /** The next one, as it goes over the wire. */
    byte[] next() {
        String body = oneOf(BODIES);
        if (random.nextInt(50) == 0) {
            body = body + "x".repeat(random.nextInt(200_000));
        }
        StringBuilder head = new StringBuilder(oneOf(METHODS) + ' ' + oneOf(PATHS) + " HTTP/1.1\r\nHost: x\r\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            head.append(oneOf(HEADERS)).append("\r\n");
        }
        if (random.nextInt(40) == 0) {
            head.append("X: ").append("y".repeat(random.nextInt(40_000))).append("\r\n");
        }
        if (random.nextInt(4) > 0) {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            head.append("Content-Length: ").append(length).append("\r\n");
            head.append("Content-Type: application/json\r\n");
        }
        return spoilt((head + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] spoilt(byte[] request) {
        if (random.nextBoolean()) {
            for (int i = random.nextInt(4); i > 0; i--) {
                request[random.nextInt(request.length)] = (byte) random.nextInt(256);
            }
        }
        int length = random.nextInt(10) == 0 ? 1 + random.nextInt(request.length) : request.length;
        return Arrays.copyOf(request, length);
    }

    private String oneOf(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
