package dev.colloquy.benchmarks.contestant;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;

/**
 * (e) A limit, not a peer: Lettuce on one connection that all callers share, sending Colloquy's own script and nothing
 * around it. Reads are LRANGE and decoding.
 */
public final class LettuceScript extends ScriptContestant {

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final RedisCommands<String, String> redis;
    private final String script;

    private LettuceScript(RedisClient client) {
        this.client = client;
        connection = client.connect();
        redis = connection.sync();
        script = redis.scriptLoad(AppendScript.TEXT);
    }

    /** On the Redis at that port of this machine. */
    public static LettuceScript on(int port) {
        return new LettuceScript(RedisClient.create("redis://127.0.0.1:" + port));
    }

    @Override
    public int readLast(String user, int count) {
        return StoredJson.parse(redis.lrange(key(user), -count, -1)).size();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }

    @Override
    void send(String user, List<Said> said) {
        redis.evalsha(script, ScriptOutputType.MULTI, new String[] {key(user)}, AppendScript.arguments(said));
    }

    private static String key(String user) {
        return "lettuce:" + user + ":conversation";
    }
}
