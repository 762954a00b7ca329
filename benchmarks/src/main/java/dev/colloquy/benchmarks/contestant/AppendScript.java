package dev.colloquy.benchmarks.contestant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The script that Colloquy appends with, and its arguments, for clients that send it without Colloquy. If the script
 * changes, this has to change with it; the test of the contestants reads back what was appended.
 */
final class AppendScript {

    static final String TEXT = resource("append-fast.lua") + resource("common.lua") + resource("append.lua");

    private static final int CONDITIONS = 4;
    private static final int DIGEST = 5;
    private static final AtomicLong IDS = new AtomicLong(System.nanoTime());

    private AppendScript() {}

    static String[] arguments(List<Said> said) {
        String[] arguments = new String[CONDITIONS + 2 * said.size()];
        arguments[0] = "m";
        arguments[1] = Long.toString(Contestant.WEEK * 1000);
        arguments[2] = "0";
        arguments[3] = "";
        String now = Instant.now().toString();
        for (int i = 0; i < said.size(); i++) {
            String id = "01J9ZQ3K5T8V" + IDS.incrementAndGet();
            arguments[CONDITIONS + 2 * i] = digest(id);
            arguments[CONDITIONS + 2 * i + 1] = message(now, id, said.get(i));
        }
        return arguments;
    }

    private static String message(String now, String id, Said said) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("at", now);
        fields.put("id", id);
        fields.put("role", said.byUser() ? "user" : "agent");
        fields.put("content", said.content());
        return StoredJson.write(fields).substring(1);
    }

    private static String digest(String id) {
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha1, 0, (DIGEST + 1) / 2).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String resource(String name) {
        String path = "/dev/colloquy/adapter/redis/" + name;
        try (InputStream script = AppendScript.class.getResourceAsStream(path)) {
            if (script == null) {
                throw new IllegalStateException("there is no " + path + " on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
