package dev.colloquy.adapter.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One script call on its way to Redis.
 *
 * @param script what to run
 * @param text its variant
 * @param full whether to send the source, because the server does not know the script yet
 * @param alone whether no other call may share its command
 * @param key the conversation's key
 * @param header the first argument, ASCII
 * @param latest when a script that writes may begin at the latest, in ms by the server's clock
 * @param messages the other arguments
 * @param virtualCaller whether a virtual thread waits for the reply
 * @param deadline until when its caller waits, as {@link System#nanoTime()} will say it
 * @param reply what the server answers, or why there is no answer
 */
record ScriptCall(
        Script script,
        Script.Text text,
        boolean full,
        boolean alone,
        String key,
        String header,
        long latest,
        List<byte[]> messages,
        boolean virtualCaller,
        long deadline,
        CompletableFuture<Reply> reply)
        implements Call {

    @Override
    public long size() {
        String what = full ? text.source() : text.sha1();
        long bytes = what.length();
        bytes += key.length();
        bytes += header.length();
        for (byte[] message : messages) {
            bytes += message.length;
        }
        return bytes;
    }

    /** Whether the other one can be done by the same command. */
    boolean joins(ScriptCall other) {
        return script.joins()
                && !alone
                && !other.alone
                && text.sha1().equals(other.text.sha1())
                && messages.size() == other.messages.size()
                && header.equals(other.header);
    }
}
