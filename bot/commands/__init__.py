"""What each `helpdesk` command does; `bot.cli` names them."""
