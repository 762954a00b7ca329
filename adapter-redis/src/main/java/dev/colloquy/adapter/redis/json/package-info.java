/** The JSON form of a message in a list; the only place in this module that knows Jackson. */
@NullMarked
package dev.colloquy.adapter.redis.json;

import org.jspecify.annotations.NullMarked;
