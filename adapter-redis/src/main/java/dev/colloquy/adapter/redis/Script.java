package dev.colloquy.adapter.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A Lua script that runs inside Redis, in its two variants.
 *
 * @param plain for any Redis
 * @param locking for a server that can lock single keys while it runs scripts, which Upstash does
 * @param writes whether it does nothing once its caller has given up; then its first argument begins with when that is
 * @param joins whether it takes several keys, and gives an answer for each: behind the first argument stand as many for each
 *     key, and then, if there are several and it writes, one that says by how many ms each may begin later
 */
record Script(Text plain, Text locking, boolean writes, boolean joins) {

    private static final String OF_ONE_KEY = "local key = KEYS[1]\n" + resource("common.lua");

    static final Script APPEND = of(
            true,
            true,
            resource("late.lua")
                    + resource("digest.lua")
                    + "local function append(key, start, count, tail)\n"
                    + resource("common.lua")
                    + resource("append.lua")
                    + "end\n"
                    + resource("append-each.lua"));
    static final Script READ = of(false, false, OF_ONE_KEY + resource("read.lua"));
    static final Script READ_NEW = of(false, true, resource("read-new.lua"));
    static final Script CLEAR = of(true, false, resource("late.lua") + OF_ONE_KEY + resource("clear.lua"));

    /** A script's source and the name under which a server that has seen it runs it again. */
    record Text(String source, String sha1) {
        static Text of(String source) {
            return new Text(source, Sha1.hex(source));
        }
    }

    private static Script of(boolean writes, boolean joins, String source) {
        return new Script(Text.of(source), Text.of("#!lua flags=allow-key-locking\n" + source), writes, joins);
    }

    private static String resource(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
