package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colloquy.adapter.redis.testing.RedisServer;
import java.net.URLEncoder;

/**
 * A server that is to a client what Upstash is: TLS, a user with a password, and only the commands that Upstash
 * documents (docs: "Redis API compatibility"), inside scripts too.
 */
final class UpstashProfile {

    static final String USER = "agent";
    /** With characters that have to be percent-encoded in a URL. */
    static final String PASSWORD = "p@ss:w/rd+100%";

    private static final String COMMANDS = "+append +decr +decrby +get +getdel +getex +getrange +getset +incr +incrby "
            + "+incrbyfloat +mget +mset +msetnx +psetex +set +setex +setnx +setrange +strlen "
            + "+lindex +linsert +llen +lmove +lpop +lpos +lpush +lpushx +lrange +lrem +lset +ltrim +rpop +rpoplpush "
            + "+rpush +rpushx +eval +evalsha +eval_ro +evalsha_ro +script|exists +script|load +script|flush "
            + "+copy +del +dump +exists +expire +expireat +expiretime +keys +persist +pexpire +pexpireat +pexpiretime "
            + "+pttl +randomkey +rename +renamenx +restore +scan +touch +ttl +type +unlink "
            + "+auth +hello +echo +ping +quit +reset +select +dbsize +flushall +flushdb +time "
            + "+multi +exec +discard +watch +unwatch +publish +subscribe +psubscribe +unsubscribe +punsubscribe";

    private UpstashProfile() {}

    static RedisServer start() {
        return RedisServer.builder()
                .tls()
                .password("admin")
                .user(USER, PASSWORD, "~* &* -@all " + COMMANDS)
                .start();
    }

    /** The settings for this user, at the server's port or at a proxy's before it. */
    static RedisSettings settings(int port) {
        return RedisSettings.of("rediss://" + USER + ":" + URLEncoder.encode(PASSWORD, UTF_8) + "@127.0.0.1:" + port)
                .withTrustStore(RedisServer.trustStore(), RedisServer.trustStorePassword());
    }
}
