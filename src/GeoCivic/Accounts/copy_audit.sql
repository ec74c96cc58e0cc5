COPY audit_log (at, account_id, user_name, via, address, method, route, target, status, scope) FROM STDIN (FORMAT binary)
