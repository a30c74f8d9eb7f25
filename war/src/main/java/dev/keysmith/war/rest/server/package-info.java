/** Resources for the running of the server: overview, dead letters, master key. */
@NullMarked
package dev.keysmith.war.rest.server;

import org.jspecify.annotations.NullMarked;
