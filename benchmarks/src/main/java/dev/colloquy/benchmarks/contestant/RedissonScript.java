package dev.colloquy.benchmarks.contestant;

import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** A limit, not a peer: a bare {@code evalSha} of Redisson with Colloquy's own script. */
public final class RedissonScript extends ScriptContestant {

    private final RedissonClient redisson;
    private final RScript scripts;
    private final String script;

    private RedissonScript(RedissonClient redisson) {
        this.redisson = redisson;
        scripts = redisson.getScript(StringCodec.INSTANCE);
        script = scripts.scriptLoad(AppendScript.TEXT);
    }

    /** On the Redis at that port of this machine. */
    public static RedissonScript on(int port) {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
        return new RedissonScript(Redisson.create(config));
    }

    @Override
    public int readLast(String user, int count) {
        return StoredJson.parse(redisson.<String>getList(key(user), StringCodec.INSTANCE)
                        .range(-count, -1))
                .size();
    }

    @Override
    public void close() {
        redisson.shutdown();
    }

    @Override
    void send(String user, List<Said> said) {
        Object[] arguments = AppendScript.arguments(said);
        scripts.evalSha(RScript.Mode.READ_WRITE, script, RScript.ReturnType.LIST, List.of(key(user)), arguments);
    }

    private static String key(String user) {
        return "evalsha:" + user + ":conversation";
    }
}
