package dev.colloquy.adapter.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One script call on its way to Redis.
 *
 * @param script what to run
 * @param full whether to send the source, because the server does not know the script yet
 * @param key the conversation's key
 * @param arguments the script's arguments
 * @param result what the server answers, or why there is no answer
 */
record ScriptCall(
        Script.Text script, boolean full, String key, List<byte[]> arguments, CompletableFuture<List<Object>> result) {

    ScriptCall(Script.Text script, boolean full, String key, List<byte[]> arguments) {
        this(script, full, key, arguments, new CompletableFuture<>());
    }

    /** About how many bytes the call takes on the wire. */
    long size() {
        String what = full ? script.source() : script.sha1();
        long bytes = what.length();
        for (byte[] argument : arguments) {
            bytes += argument.length;
        }
        return bytes;
    }
}
