package dev.colloquy.adapter.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Lua script that runs inside Redis, in its two variants.
 *
 * @param plain for any Redis
 * @param locking for a server that can lock single keys while it runs scripts, which Upstash does
 * @param writes whether it does nothing once its caller has given up; then its first argument begins with when that is
 */
record Script(Text plain, Text locking, boolean writes) {

    static final Script APPEND = load(true, "late.lua", "append-fast.lua", "common.lua", "append.lua");
    static final Script READ = load(false, "common.lua", "read.lua");
    static final Script CLEAR = load(true, "late.lua", "common.lua", "clear.lua");

    /** A script's source and the name under which a server that has seen it runs it again. */
    record Text(String source, String sha1) {
        static Text of(String source) {
            return new Text(source, Sha1.hex(source));
        }
    }

    private static Script load(boolean writes, String... parts) {
        String source = Stream.of(parts).map(Script::resource).collect(Collectors.joining());
        return new Script(Text.of(source), Text.of("#!lua flags=allow-key-locking\n" + source), writes);
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
