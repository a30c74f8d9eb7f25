/** System tests: the built WAR on a real server, from outside over HTTP. */
@NullMarked
package dev.keysmith.war.it;

import org.jspecify.annotations.NullMarked;
