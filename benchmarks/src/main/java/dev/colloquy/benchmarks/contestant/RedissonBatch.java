package dev.colloquy.benchmarks.contestant;

import java.time.Duration;
import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.RBatch;
import org.redisson.api.RListAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** (c) Redisson as it comes, with a batch of RPUSH and EXPIRE for each append. */
public final class RedissonBatch implements Contestant {

    private final RedissonClient redisson;

    private RedissonBatch(RedissonClient redisson) {
        this.redisson = redisson;
    }

    /** On the Redis at that port of this machine. */
    public static RedissonBatch on(int port) {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
        return new RedissonBatch(Redisson.create(config));
    }

    @Override
    public void append(String user, Said said) {
        push(user, List.of(said));
    }

    @Override
    public void appendTurn(String user, Said question, Said answer) {
        push(user, List.of(question, answer));
    }

    @Override
    public int readLast(String user, int count) {
        List<String> stored =
                redisson.<String>getList(key(user), StringCodec.INSTANCE).range(-count, -1);
        return StoredJson.parse(stored).size();
    }

    @Override
    public void seed(String user, List<Said> messages) {
        push(user, messages);
    }

    @Override
    public void close() {
        redisson.shutdown();
    }

    private void push(String user, List<Said> said) {
        RBatch batch = redisson.createBatch();
        RListAsync<String> list = batch.getList(key(user), StringCodec.INSTANCE);
        var pushed = list.addAllAsync(said.stream().map(StoredJson::write).toList());
        var expires = list.expireAsync(Duration.ofSeconds(WEEK));
        batch.execute();
        if (!pushed.toCompletableFuture().isDone()
                || !expires.toCompletableFuture().isDone()) {
            throw new IllegalStateException("the batch did not answer");
        }
    }

    private static String key(String user) {
        return "batch:" + user + ":conversation";
    }
}
