package dev.colloquy.benchmarks.contestant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The script that Colloquy appends with, and its arguments, for clients that send it without Colloquy. If the script
 * changes, this has to change with it; the test of the contestants reads back what was appended.
 */
final class AppendScript {

    static final String TEXT = resource("late.lua")
            + resource("digest.lua")
            + "local function append(key, start, count, tail)\n"
            + resource("common.lua")
            + resource("append.lua")
            + "end\n"
            + resource("append-each.lua");

    /** The end of the year 9999, in ms. */
    private static final String NEVER_LATE = "253402300800000";

    private static final AtomicLong IDS = new AtomicLong(System.nanoTime());

    private AppendScript() {}

    static String[] arguments(List<Said> said) {
        String[] arguments = new String[1 + said.size()];
        arguments[0] = NEVER_LATE + " m" + Contestant.WEEK * 1000 + " 0 n ";
        String now = Instant.now().toString();
        for (int i = 0; i < said.size(); i++) {
            String id = "01J9ZQ3K5T8V" + IDS.incrementAndGet();
            arguments[i + 1] = message(now, id, said.get(i));
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
