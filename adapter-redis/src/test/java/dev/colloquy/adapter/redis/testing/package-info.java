/**
 * Real Redis for tests: a server, a cluster, a group with sentinels, and a proxy that breaks connections on purpose.
 * Where a Docker daemon answers they run in a container, elsewhere as processes of a bundled binary; nothing has to be
 * installed.
 */
@NullMarked
package dev.colloquy.adapter.redis.testing;

import org.jspecify.annotations.NullMarked;
