/** Signs operators in to the panel: their sessions, passwords, and fresh confirmations. */
@NullMarked
package dev.keysmith.war.login.panel;

import org.jspecify.annotations.NullMarked;
