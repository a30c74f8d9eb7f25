/** Operators: their accounts, passwords, passkeys, set-up links and sign-ins. */
@NullMarked
package dev.keysmith.core.operator;

import org.jspecify.annotations.NullMarked;
